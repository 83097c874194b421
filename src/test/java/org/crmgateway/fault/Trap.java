package org.crmgateway.fault;

/**
 * What a process is started with so that it fails.
 *
 * @param point where it ends, or null
 * @param fault its bug, or null
 * @param times how often the place is passed first, once the trap is released; how seldom the bug shows
 */
record Trap(CrashPoint point, PlantedFault fault, int times) {
    static Trap crash(CrashPoint point, int times) {
        return new Trap(point, null, times);
    }

    static Trap bug(PlantedFault fault) {
        return new Trap(null, fault, 20);
    }
}
