package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.crmgateway.attack.Attack;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.wire.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose endpoint takes an unsigned message does not start. */
final class SelfTestTest {
    @Test
    @Attack("A-Z12")
    void anEndpointThatTakesAnUnsignedMessageEndsTheStart(@TempDir Path folder) {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            SelfTest test = new SelfTest(gateway.gateway().base(), null, Map.of());
            assertThatCode(() -> test.run(List.of("/services/order/v1/modern", "/services/order/v1/modern-soap12")))
                    .doesNotThrowAnyException();
            // The one address without a gate stands for a gate that was lost.
            assertThatThrownBy(() -> test.run(List.of("/services/order/v1/sandbox")))
                    .isInstanceOf(OperatorError.class)
                    .hasMessageContaining("does not refuse an unsigned message");
            assertThatThrownBy(() -> test.run(List.of("/services/order/v1/nothing")))
                    .isInstanceOf(OperatorError.class);
        }
    }
}
