package org.crmgateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is released never changes: partners have generated code from it. The digests of the files stand in a list, so that a
 * change is always deliberate.
 */
class FrozenFilesTest {
    private static final Path LIST = Path.of("src/test/resources/contract/frozen.txt");

    @Test
    void noFileOfTheContractHasChanged() throws Exception {
        String now;
        try (Stream<Path> files = Stream.of("wsdl", "xsd").flatMap(folder -> contract(Path.of(folder)))) {
            now = files.sorted().map(FrozenFilesTest::line).collect(Collectors.joining("\n", "", "\n"));
        }
        if (Boolean.getBoolean("contract.refresh")) {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, now);
        }
        assertThat(now).as("""
                        The contract has changed. Before contract 1.0 is tagged, look at the difference and write the list anew:
                            mvn test -Dtest=FrozenFilesTest -Dcontract.refresh=true
                        After 1.0 a file only ever grows: optional elements at the end, operations, codes in open lists, a new minor \
                        in xs:schema/@version.
                        """).isEqualTo(Files.readString(LIST));
    }

    private static Stream<Path> contract(Path folder) {
        try {
            return Files.list(folder).filter(file -> file.toString().matches(".*\\.(xsd|wsdl)"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(Path file) {
        try {
            // Line ends are the checkout's affair.
            byte[] text = Files.readString(file).replace("\r\n", "\n").getBytes(UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest) + "  " + file.toString().replace('\\', '/');
        } catch (Exception e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
