package org.crmgateway.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crmgateway.audit.AuditSealer;
import org.crmgateway.audit.AuditVerifier;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.change.Sealer;
import org.crmgateway.database.Database;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;

/**
 * Holds what a client saw against what the database has: nothing acknowledged is lost, nothing is there twice, what was
 * refused is absent, one key has one answer, and every mutation has its change and its audit entry, in order and without a gap.
 */
public final class Checker {
    private static final Pattern TOKEN = Pattern.compile("token ([A-Za-z0-9-]+)\\.");
    private static final int SHOWN = 20;

    private final List<String> violations = new ArrayList<>();
    private final Map<String, List<String>> ordersByToken = new HashMap<>();
    private final Map<String, Row> orders = new HashMap<>();
    private final List<Entry> changes;
    private final Set<String> audited = new LinkedHashSet<>();
    private final int unanswered;

    private record Row(String id, int version, String content) {}

    private record Entry(long position, String call, String id, int version, String content) {}

    private Checker(Database database) {
        new Sealer(database).seal();
        new AuditSealer(database).seal();
        database.reading(tx -> tx.handle()
                        .createQuery("SELECT id, version, content FROM sales_order")
                        .map(row -> new Row(
                                row.getColumn("id", String.class),
                                row.getColumn("version", Integer.class),
                                row.getColumn("content", String.class)))
                        .list())
                .forEach(this::order);
        changes = database.reading(tx -> tx.handle()
                .createQuery(
                        "SELECT position, call_id, record_id, version, content FROM change_entry ORDER BY position")
                .map(row -> new Entry(
                        row.getColumn("position", Long.class),
                        row.getColumn("call_id", String.class),
                        row.getColumn("record_id", String.class),
                        row.getColumn("version", Integer.class),
                        row.getColumn("content", String.class)))
                .list());
        database.reading(tx -> tx.handle()
                        .createQuery("SELECT call_id, record_id, version FROM audit_entry"
                                + " WHERE kind IN ('order', 'customer') AND event <> 'named'")
                        .map(row -> mutation(
                                row.getColumn("call_id", String.class),
                                row.getColumn("record_id", String.class),
                                row.getColumn("version", Integer.class)))
                        .list())
                .forEach(entry -> expect(audited.add(entry), entry + " has two audit entries"));
        unanswered = database.reading(tx -> tx.handle()
                .createQuery("SELECT COUNT(*) FROM idempotency_key WHERE answer IS NULL")
                .mapTo(Integer.class)
                .one());
        expect(database.reading(new ChangeLog()::complete), "the sealed changes have a gap");
        AuditVerifier.chain(database).broken().ifPresent(violations::add);
    }

    private static String mutation(String call, String record, int version) {
        return record + " version " + version + " by " + call;
    }

    /** What is wrong between the records, the changes and the audit trail, whatever was sent; empty when nothing is. */
    public static List<String> ledgers(Database database) {
        Checker checker = new Checker(database);
        checker.ledgers();
        return checker.shown();
    }

    /**
     * What is wrong; empty when nothing is. Nobody writes meanwhile.
     *
     * @param followed what a {@link Follower} read to the end, or null without one
     */
    static List<String> check(Ledger ledger, Database database, List<String> followed) {
        Checker checker = new Checker(database);
        ledger.intents().forEach(intent -> checker.intent(intent, ledger.attempts(intent)));
        checker.ledgers();
        if (followed != null) {
            checker.followed(followed);
        }
        return checker.shown();
    }

    private List<String> shown() {
        return violations.stream().limit(SHOWN).toList();
    }

    private void order(Row row) {
        orders.put(row.id(), row);
        Matcher token = TOKEN.matcher(row.content());
        if (token.find()) {
            ordersByToken
                    .computeIfAbsent(token.group(1), key -> new ArrayList<>())
                    .add(row.id());
        }
    }

    private void intent(Intent intent, List<Attempt> attempts) {
        List<Attempt> answers =
                attempts.stream().filter(it -> it.is(Outcome.ANSWERED)).toList();
        Set<String> receipts = new TreeSet<>();
        answers.forEach(answer -> receipts.add(answer.detail()));
        expect(receipts.size() <= 1, intent.key() + " has " + receipts.size() + " different answers: " + receipts);
        for (Attempt answer : answers) {
            boolean earlier = attempts.stream()
                    .anyMatch(other -> other != answer && !other.is(Outcome.REFUSED) && other.begun() < answer.ended());
            expect(!answer.replayed() || earlier, intent.key() + " was done by a call that said it was refused");
        }
        if (intent.confirms() != null) {
            confirmed(intent, !answers.isEmpty(), attempts);
        } else {
            created(intent, answers, attempts);
        }
    }

    private void created(Intent intent, List<Attempt> answers, List<Attempt> attempts) {
        List<String> found = ordersByToken.getOrDefault(intent.token(), List.of());
        expect(found.size() <= 1, intent.key() + " is there " + found.size() + " times");
        if (!answers.isEmpty()) {
            expect(!found.isEmpty(), intent.key() + " was acknowledged and is lost");
            Optional<String> id = answers.get(0).recordId();
            expect(id.filter(found::contains).isPresent(), intent.key() + " was answered with another order's id");
        } else if (attempts.stream().allMatch(it -> it.is(Outcome.REFUSED))) {
            expect(found.isEmpty(), intent.key() + " was refused and is there");
        }
    }

    private void confirmed(Intent intent, boolean answered, List<Attempt> attempts) {
        String id = ordersByToken.getOrDefault(intent.confirms(), List.of("")).get(0);
        Row order = orders.get(id);
        boolean there = order != null && order.content().contains("\"CONFIRMED\"");
        expect(there || !answered, intent.key() + " was acknowledged and is lost");
        boolean refused = attempts.stream().allMatch(it -> it.is(Outcome.REFUSED));
        expect(!there || !refused, intent.key() + " was refused and is there");
        expect(order == null || order.version() <= 2, intent.key() + " was done more than once");
    }

    /** Changes and audit entries against the records. */
    private void ledgers() {
        Map<String, Entry> last = new LinkedHashMap<>();
        long position = 0;
        for (Entry change : changes) {
            position++;
            expect(change.position() == position, "position " + position + " of the changes is a gap");
            position = change.position();
            Entry before = last.put(change.id(), change);
            int expected = before == null ? 1 : before.version() + 1;
            expect(change.version() == expected, change.id() + " has no change for version " + expected);
            String mutation = mutation(change.call(), change.id(), change.version());
            expect(audited.remove(mutation), mutation + " has no audit entry");
        }
        for (Row order : orders.values()) {
            Entry change = last.get(order.id());
            expect(
                    change != null
                            && change.version() == order.version()
                            && change.content().equals(order.content()),
                    order.id() + " is not as its last change says");
        }
        expect(audited.isEmpty(), "audited but not changed: " + audited);
        expect(unanswered == 0, unanswered + " keys are taken and have no answer");
    }

    private void followed(List<String> followed) {
        List<String> sealed = changes.stream()
                .filter(change -> orders.containsKey(change.id()))
                .map(change -> change.id() + " " + change.version())
                .toList();
        expect(
                followed.equals(sealed),
                "the follower read " + followed.size() + " changes, sealed are " + sealed.size() + ", the first"
                        + " difference is at " + difference(followed, sealed));
    }

    private static int difference(List<String> one, List<String> other) {
        int i = 0;
        while (i < one.size() && i < other.size() && one.get(i).equals(other.get(i))) {
            i++;
        }
        return i;
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
