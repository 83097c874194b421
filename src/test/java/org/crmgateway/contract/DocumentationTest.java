package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void sentencesRulesFaultsAndExampleAreToldApart() {
        Documentation documentation = Documentation.of("""
                Changes a customer.
                - name is required.
                - When nothing differs, nothing is written.
                Faults: RULE_VIOLATION, VERSION_STALE""");
        assertThat(documentation.sentences()).isEqualTo("Changes a customer.");
        assertThat(documentation.rules())
                .containsExactly("name is required.", "When nothing differs, nothing is written.");
        assertThat(documentation.faults()).containsExactly("RULE_VIOLATION", "VERSION_STALE");
        assertThat(documentation.example()).isEmpty();
    }

    @Test
    void anExampleMayHavePointsInIt() {
        Documentation documentation = Documentation.of("An amount. Example: 1249.90.");
        assertThat(documentation.sentences()).isEqualTo("An amount.");
        assertThat(documentation.example()).contains("1249.90");
    }

    @Test
    void namesStandOutAndFaultCodesAreLinks() {
        Html html =
                new Prose(Set.of("VERSION_STALE")).inline("Send expectedVersion & get VERSION_STALE, not an error.");
        assertThat(html.markup())
                .isEqualTo(
                        "Send <code>expectedVersion</code> &amp; get <a href=\"#fault-VERSION_STALE\"><code>VERSION_STALE</code></a>,"
                                + " not an error.");
        assertThat(new Prose(Set.of()).list(List.of())).isEqualTo(Html.NOTHING);
    }
}
