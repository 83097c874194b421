package org.crmgateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SliceTest {
    private static final int MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({
        // MiB of each document, rows asked for, rows given, more
        "'', 2, 0, false",
        "'1', 2, 1, false",
        "'1 1', 2, 2, false",
        "'0 0 0', 2, 2, true",
        "'1 1 1', 9, 2, true",
        "'1 2 1', 9, 1, true",
        "'3', 9, 1, false",
        "'3 0', 9, 1, true"
    })
    void aPageEndsWithItsRowsOrTwoMebibytes(String documents, int most, int given, boolean more) {
        List<Integer> found = documents.isEmpty()
                ? List.of()
                : List.of(documents.split(" ")).stream().map(Integer::valueOf).toList();

        Slice<Integer> slice = Slice.of(found.iterator(), most, mib -> mib * MIB);

        assertThat(slice.rows()).isEqualTo(found.subList(0, given));
        assertThat(slice.more()).isEqualTo(more);
    }
}
