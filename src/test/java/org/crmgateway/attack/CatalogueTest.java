package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No id of the catalogue is forgotten: it is sent, or tested otherwise, or docs/security.md says why it cannot apply. */
final class CatalogueTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("org.crmgateway");

    @Test
    void theCatalogueHas321Ids() {
        assertThat(Catalogue.ids()).hasSize(321);
    }

    @Test
    void everyIdIsTestedOrExcusedOrStillToCome() throws Exception {
        Set<String> known = new TreeSet<>(tested());
        known.addAll(excused());
        known.addAll(measured());
        known.addAll(stillToCome());
        assertThat(Catalogue.ids()).isSubsetOf(known);
    }

    @Test
    void whatIsTestedIsNoLongerToCome() throws Exception {
        Set<String> done = new TreeSet<>(tested());
        done.addAll(excused());
        done.addAll(measured());
        done.retainAll(stillToCome());
        assertThat(done).isEmpty();
    }

    @Test
    void whatCannotApplyIsNotTested() throws Exception {
        Set<String> both = new TreeSet<>(excused());
        both.retainAll(tested());
        assertThat(both).isEmpty();
    }

    @Test
    void noTestClaimsAnIdThatDoesNotExist() {
        assertThat(Catalogue.ids()).containsAll(tested());
    }

    /** The ids of all rows, and those that tests name with {@link Attack} or in what they are shown as. */
    private static Set<String> tested() {
        Set<String> ids = new TreeSet<>();
        rows().map(Row::id).forEach(ids::add);
        TESTS.stream()
                .flatMap(type -> Stream.concat(Stream.of(type), type.getMethods().stream()))
                .flatMap(annotated -> annotated.tryGetAnnotationOfType(Attack.class).stream())
                .forEach(attack -> ids.addAll(Catalogue.namedIn(String.join(" ", attack.value()))));
        TESTS.stream()
                .flatMap(type -> type.getMethods().stream())
                .flatMap(method -> method.tryGetAnnotationOfType(DisplayName.class).stream())
                .forEach(name -> ids.addAll(Catalogue.namedIn(name.value())));
        return ids;
    }

    /** Of every class of rows: they end in {@code Rows} and have a method of that name. */
    static Stream<Row> rows() {
        return TESTS.stream()
                .filter(type -> type.getPackageName().equals("org.crmgateway.attack"))
                .filter(type -> type.getSimpleName().endsWith("Rows"))
                .map(JavaClass::reflect)
                .flatMap(CatalogueTest::rowsOf);
    }

    @SuppressWarnings("unchecked")
    private static Stream<Row> rowsOf(Class<?> type) {
        try {
            return (Stream<Row>) type.getDeclaredMethod("rows").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    /** The only list of what is missing. */
    private static Set<String> stillToCome() throws IOException {
        try (InputStream list = CatalogueTest.class.getResourceAsStream("/attack/still-to-come.txt")) {
            List<String> lines = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            return Catalogue.namedIn(String.join("\n", lines));
        }
    }

    private static Set<String> excused() throws IOException {
        return firstColumn("## Rows that cannot apply");
    }

    /** By programs that are run by hand: no test asserts a time. */
    private static Set<String> measured() throws IOException {
        return firstColumn("## Rows that are measured");
    }

    private static Set<String> firstColumn(String title) throws IOException {
        String document = Files.readString(Path.of("docs", "security.md"));
        int from = document.indexOf(title);
        if (from < 0) {
            return Set.of();
        }
        int to = document.indexOf("\n## ", from + 1);
        String section = to < 0 ? document.substring(from) : document.substring(from, to);
        // The first column of its table.
        return Catalogue.namedIn(String.join(
                "\n",
                section.lines()
                        .filter(line -> line.startsWith("| A-"))
                        .map(line -> line.substring(0, line.indexOf('|', 1)))
                        .toList()));
    }
}
