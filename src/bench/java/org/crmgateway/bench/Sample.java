package org.crmgateway.bench;

import java.util.Arrays;

/** Measured values, e.g. times in milliseconds. */
public final class Sample {
    private double[] values = new double[256];
    private int count;

    public void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    public int count() {
        return count;
    }

    public double median() {
        return percentile(50);
    }

    /** The smallest value that so many percent are not above (nearest rank); not a number when there is none. */
    public double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        double[] sorted = values();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * count) - 1)];
    }

    public double[] values() {
        return Arrays.copyOf(values, count);
    }
}
