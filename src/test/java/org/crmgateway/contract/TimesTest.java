package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private final InstantXml instants = new InstantXml();
    private final LocalDateXml dates = new LocalDateXml();

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T08:15:30Z,             2026-03-02T08:15:30Z",
        "2026-03-02T08:15:30.5+01:00,      2026-03-02T07:15:30.5Z",
        "2026-03-02T08:15:30.123456789Z,   2026-03-02T08:15:30.123Z",
        "2026-03-02T23:59:59.999999999-14:00, 2026-03-03T13:59:59.999Z",
        "2026-03-02T08:15:30-00:00,        2026-03-02T08:15:30Z",
        "0001-01-01T00:00:00Z,             0001-01-01T00:00:00Z",
    })
    void aMomentIsReadWithItsOffsetAndCutToMilliseconds(String text, Instant moment) {
        assertThat(instants.unmarshal(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T08:15:30Z,            2026-03-02T08:15:30Z",
        "2026-03-02T08:15:30.500Z,        2026-03-02T08:15:30.500Z",
        "2026-03-02T08:15:30.123456789Z,  2026-03-02T08:15:30.123Z",
    })
    void aMomentIsWrittenInUtc(Instant moment, String text) {
        assertThat(instants.marshal(moment)).isEqualTo(text);
    }

    @Test
    void aDayHasNoTimeAndNoZone() {
        assertThat(dates.unmarshal(" 9999-12-31 ")).isEqualTo(LocalDate.of(9999, 12, 31));
        assertThat(dates.marshal(LocalDate.of(2026, 3, 2))).isEqualTo("2026-03-02");
    }

    @Test
    void whatIsAbsentStaysAbsent() {
        assertThat(instants.unmarshal(null)).isNull();
        assertThat(instants.marshal(null)).isNull();
        assertThat(dates.unmarshal(null)).isNull();
        assertThat(dates.marshal(null)).isNull();
    }
}
