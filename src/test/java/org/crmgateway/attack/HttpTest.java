package org.crmgateway.attack;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(AttackExtension.class)
final class HttpTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.crmgateway.attack.HttpRows#rows")
    void isAnsweredAsTheCatalogueSays(Row row, Attacks attacks) {
        attacks.run(row);
    }
}
