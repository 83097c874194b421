package org.crmgateway.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.crmgateway.failure.Violations;
import org.jspecify.annotations.Nullable;

/**
 * A keyed list of children as sent.
 *
 * @param complete children that are not mentioned are removed
 * @param entries in the order they were sent
 */
public record Children<E>(boolean complete, List<E> entries) {
    public Children {
        entries = List.copyOf(entries);
    }

    /** How one entry becomes a child. */
    public interface Merge<E, C> {
        /** @param path of the entry in the request */
        C merge(E entry, @Nullable C current, String path);
    }

    /**
     * The children after this list has been laid over {@code current}.
     *
     * @param path of the entries in the request, without the index
     */
    public <K, C> List<C> over(
            List<C> current,
            Function<C, K> keyOfChild,
            Function<E, K> keyOfEntry,
            Predicate<E> removed,
            Merge<E, C> merge,
            String path,
            Violations violations) {
        Map<K, C> children = new LinkedHashMap<>();
        current.forEach(child -> children.put(keyOfChild.apply(child), child));
        Set<K> mentioned = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            E entry = entries.get(i);
            K key = keyOfEntry.apply(entry);
            String entryPath = path + "[" + (i + 1) + "]";
            if (!mentioned.add(key)) {
                violations.require(false, entryPath, "DUPLICATE");
            } else if (removed.test(entry)) {
                children.remove(key);
            } else {
                children.put(key, merge.merge(entry, children.get(key), entryPath));
            }
        }
        if (complete) {
            children.keySet().retainAll(mentioned);
        }
        return new ArrayList<>(children.values());
    }
}
