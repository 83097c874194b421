package org.crmgateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.crmgateway.partner.PartnerLimits;
import org.junit.jupiter.api.Test;

/** What was stored by an older version is read as it was meant. */
final class PartnerSettingsTest {
    @Test
    void aPartnerStoredBeforeThereWereLimitsHasNone() {
        PartnerSettings settings = PartnerSettings.read("""
                {"dialects":["modern"],"rights":["getOrder"],"encryptFaults":false,"repeatReads":false,"totalTolerance":0}""");

        assertThat(settings.limitSet()).isEqualTo(PartnerLimits.NONE);
    }
}
