package org.crmgateway.record;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.crmgateway.failure.Violations;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an input laid over a record's current ones: absent means unchanged, {@code clear} empties.
 *
 * @param <V> the record's value
 */
public final class Patch<V> {
    private final @Nullable V current;
    private final Set<String> clear;
    private final String path;
    private final Violations violations;

    /**
     * @param current absent for a new record
     * @param clear names of the fields to empty
     * @param clearable the names that may be emptied; others are a violation
     * @param path of the record in the request, e.g. {@code customer}
     */
    public Patch(@Nullable V current, List<String> clear, Set<String> clearable, String path, Violations violations) {
        this.current = current;
        this.clear = Set.copyOf(clear);
        this.path = path;
        this.violations = violations;
        for (int i = 0; i < clear.size(); i++) {
            violations.require(clearable.contains(clear.get(i)), path + "/clear[" + (i + 1) + "]", "NOT_CLEARABLE");
        }
    }

    /** The field's next value. */
    public <T> @Nullable T field(String name, @Nullable T sent, Function<V, @Nullable T> now) {
        if (clear.contains(name)) {
            violations.require(sent == null, path + "/" + name, "SENT_AND_CLEARED");
            return null;
        }
        return sent == null && current != null ? now.apply(current) : sent;
    }

    /** As {@link #field}, for a field every record has. */
    public <T> @Nullable T required(String name, @Nullable T sent, Function<V, @Nullable T> now) {
        T next = field(name, sent, now);
        violations.require(next != null, path + "/" + name, "REQUIRED");
        return next;
    }

    /** The children that a sent list is laid over. */
    public <C> List<C> children(String name, @Nullable Children<?> sent, Function<V, List<C>> now) {
        List<C> before = field(name, null, now);
        violations.require(sent == null || !clear.contains(name), path + "/" + name, "SENT_AND_CLEARED");
        return before == null ? List.of() : before;
    }
}
