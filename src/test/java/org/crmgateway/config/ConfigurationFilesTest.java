package org.crmgateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code config/} say what the code says. */
class ConfigurationFilesTest {
    private static final Path FILE = Path.of("config/gateway.yaml");

    @TempDir
    Path folder;

    private final ConfigReader reader = new ConfigReader(Settings.MAPPINGS, Settings.RANGES, FILE.toString());

    @Test
    void everyRoomWithSettingsIsRead() {
        Set<String> mappings = new ClassFileImporter()
                .importPath(Path.of("target/classes")).stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(type -> type.getName())
                        .collect(Collectors.toSet());
        mappings.remove(PartnerConfig.class.getName());

        assertThat(Settings.MAPPINGS).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(mappings);
    }

    @Test
    void gatewayYamlListsEveryKeyAndNoOther() {
        assertThat(YamlFile.read(FILE, new Mistakes()).keySet().stream()
                        .map(key -> key.replaceAll("\\[\\d+]", ""))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(reader.keys().keySet());
    }

    @Test
    void gatewayYamlHasTheDefaultsOfTheCode() {
        SmallRyeConfig written = reader.read(YamlFile.read(FILE, new Mistakes()), FILE.toString(), new Mistakes());
        SmallRyeConfig code = reader.read(Map.of(), "nothing", new Mistakes());

        reader.keys()
                .forEach((name, key) -> assertThat(value(written, key)).as(name).isEqualTo(value(code, key)));
    }

    @Test
    void everyNumberAndDurationHasARangeAndItsCommentSaysIt() throws IOException {
        Map<String, Value> written = YamlFile.read(FILE, new Mistakes());
        List<String> lines = Files.readAllLines(FILE);

        reader.keys().forEach((name, key) -> {
            if (key.type() == Duration.class || Number.class.isAssignableFrom(key.type())) {
                Range range = Settings.RANGES.get(name);
                assertThat(range).as("range of %s", name).isNotNull();
                String where = written.get(name).where();
                int line = Integer.parseInt(where.substring(where.lastIndexOf(':') + 1));
                assertThat(comment(lines, line)).as(name).contains(range.text());
            }
        });
    }

    @Test
    void theFileForPostgresIsAccepted() {
        Settings settings = Settings.read(Path.of("config/gateway-postgresql.yaml"), Map.of());

        assertThat(settings.database().url()).startsWith("jdbc:postgresql:");
    }

    @Test
    void thePartnerFileInTheDocumentationIsAcceptedAndListsEveryKey() throws IOException {
        X509Certificate certificate = new KeyMaker(Clock.systemUTC())
                .make("erp-hamburg", Duration.ofDays(1))
                .certificate();
        new KeyFiles(Clock.systemUTC()).writeCertificate(folder.resolve("erp-hamburg.pem"), certificate);
        String text = Files.readString(Path.of("config/partners/README.md"));
        String yaml = text.substring(text.indexOf("```yaml") + 7, text.lastIndexOf("```"));
        Path file = Files.writeString(folder.resolve("erp-hamburg.yaml"), yaml);

        assertThat(PartnerFile.read(file).name()).isEqualTo("erp-hamburg");
        assertThat(YamlFile.read(file, new Mistakes()).keySet().stream()
                        .map(key -> key.replaceAll("\\[\\d+]", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(Key.of(List.of(PartnerConfig.class)).keySet());
    }

    private static Optional<?> value(SmallRyeConfig config, Key key) {
        return config.getOptionalValue(key.name(), key.type());
    }

    /** The comment lines directly above a line, which counts from 1. */
    private static String comment(List<String> lines, int line) {
        int first = line - 1;
        while (first > 0 && lines.get(first - 1).strip().startsWith("#")) {
            first--;
        }
        return String.join(" ", lines.subList(first, line - 1));
    }
}
