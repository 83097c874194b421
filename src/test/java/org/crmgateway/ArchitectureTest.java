package org.crmgateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The picture of docs/architecture.md as data: who may import whom, and who may touch which library. */
final class ArchitectureTest {
    private static final String ROOT = "org.crmgateway.";

    /** What each package may import of ours; what is not here does not exist. */
    private static final Map<String, Set<String>> IMPORTS = Map.ofEntries(
            entry("failure", Set.of()),
            entry("partner", Set.of("failure")),
            entry("call", Set.of("partner")),
            entry("limit", Set.of("call", "partner", "failure")),
            entry("database", Set.of("failure")),
            entry("audit", Set.of("call", "partner", "database", "failure")),
            entry("change", Set.of("call", "partner", "database", "failure")),
            entry("idempotency", Set.of("call", "partner", "database", "audit", "failure")),
            entry("registry", Set.of("partner", "database", "audit", "call", "failure")),
            entry("record", Set.of("call", "partner", "database", "change", "audit", "idempotency", "failure")),
            entry("backup", Set.of("record", "call", "change", "audit", "database", "failure")),
            entry("customer", Set.of("record", "call", "partner", "database", "idempotency", "failure")),
            entry("order", Set.of("customer", "record", "call", "partner", "database", "idempotency", "failure")),
            entry("contract", Set.of()),
            entry("security", Set.of("registry", "partner", "call", "database", "audit", "failure")),
            entry(
                    "soap",
                    Set.of(
                            "contract",
                            "order",
                            "customer",
                            "record",
                            "idempotency",
                            "security",
                            "telemetry",
                            "limit",
                            "audit",
                            "call",
                            "partner",
                            "failure")),
            entry("web", Set.of("contract", "telemetry", "audit", "limit", "call", "failure")),
            entry("telemetry", Set.of("call", "partner")),
            entry(
                    "config",
                    Set.of(
                            "database",
                            "change",
                            "audit",
                            "idempotency",
                            "security",
                            "web",
                            "record",
                            "partner",
                            "registry",
                            "failure")),
            entry(
                    "console",
                    Set.of(
                            "config",
                            "backup",
                            "registry",
                            "audit",
                            "security",
                            "database",
                            "web",
                            "call",
                            "partner",
                            "failure")),
            entry("demo", Set.of("contract", "security", "partner", "failure")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.crmgateway");

    @Test
    void importsGoDownOnly() {
        Set<String> broken = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            String room = room(from);
            if (room.isEmpty()) {
                continue;
            }
            from.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass target = dependency.getTargetClass();
                if (target.getPackageName().startsWith("org.crmgateway")
                        && !room(target).equals(room)
                        && !IMPORTS.getOrDefault(room, Set.of()).contains(room(target))) {
                    broken.add(room + " -> " + room(target) + " in " + from.getName());
                }
            });
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPackageHasALineInTheTable() {
        assertThat(CLASSES.stream().map(ArchitectureTest::room).filter(room -> !room.isEmpty()))
                .isSubsetOf(IMPORTS.keySet());
    }

    @Test
    void onlyTheDoorsTouchGeneratedTypes() {
        forbid(
                "org.crmgateway.contract.*",
                JavaClass.Predicates.resideInAPackage("org.crmgateway.contract.*.."),
                "soap",
                "contract",
                "demo");
    }

    @Test
    void onlySecurityTouchesWss4j() {
        forbid("WSS4J", JavaClass.Predicates.resideInAPackage("org.apache.wss4j.."), "security", "demo");
    }

    @Test
    void onlyTheDoorsTouchCxf() {
        forbid("CXF", JavaClass.Predicates.resideInAPackage("org.apache.cxf.."), "", "soap", "web", "security", "demo");
    }

    @Test
    void onlyTablesTouchSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "database..")
                .and()
                .haveSimpleNameNotEndingWith("Table")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..")
                .check(CLASSES);
    }

    @Test
    void timeComesFromTheClockThatTheGatewayHandsOut() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.crmgateway.Gateway")
                .and()
                .doNotHaveFullyQualifiedName("org.crmgateway.Main")
                .and()
                .resideOutsideOfPackage(ROOT + "demo..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    private static void forbid(String what, DescribedPredicate<JavaClass> target, String... rooms) {
        Set<String> allowed = Set.of(rooms);
        noClasses()
                .that(DescribedPredicate.describe("are outside " + allowed, type -> !allowed.contains(room(type))))
                .should()
                .dependOnClassesThat(target)
                .because(what + " stays in " + allowed)
                .check(CLASSES);
    }

    /** The first package under ours; empty for the composition root. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String rest = name.substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
