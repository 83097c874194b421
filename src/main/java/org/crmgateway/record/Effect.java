package org.crmgateway.record;

/**
 * What an action makes of a record.
 *
 * @param deleted whether the record is (softly) deleted afterwards
 */
public record Effect<V>(Outcome outcome, V value, boolean deleted) {

    /** Nothing changes. */
    public static <V> Effect<V> none(Stored<V> current) {
        return new Effect<>(Outcome.UNCHANGED, current.value(), current.deleted());
    }
}
