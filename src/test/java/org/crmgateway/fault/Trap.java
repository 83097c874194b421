package org.crmgateway.fault;

/**
 * What a process is started with so that it fails.
 *
 * @param kind how it fails: one of those below
 * @param point where it ends, or null
 * @param fault its bug, or null
 * @param times how often the place is passed first, once the trap is released; how seldom the bug shows
 */
record Trap(String kind, CrashPoint point, PlantedFault fault, int times) {
    static final String CRASH = "crash";
    static final String MEMORY = "memory";
    static final String BUG = "bug";

    static Trap crash(CrashPoint point, int times) {
        return new Trap(CRASH, point, null, times);
    }

    /** There it takes all memory that there is. */
    static Trap outOfMemory(CrashPoint point, int times) {
        return new Trap(MEMORY, point, null, times);
    }

    static Trap bug(PlantedFault fault) {
        return bug(fault, 7);
    }

    /** @param seldom how many times the place is passed for one time that the bug shows */
    static Trap bug(PlantedFault fault, int seldom) {
        return new Trap(BUG, null, fault, seldom);
    }
}
