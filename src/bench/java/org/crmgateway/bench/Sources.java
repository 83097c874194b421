package org.crmgateway.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of this machine to send from, one after the other and then again: {@code 127.0.1.1}, {@code 127.0.1.2}, … */
public final class Sources {
    /** The last number of an address is 1 to 250. */
    private static final int NUMBERS = 250;

    private final int first;
    private final int count;
    private int next;

    /** @param count how many, 1 to 60,000 */
    public Sources(int count) {
        this(0, count);
    }

    /** @param first how many to leave out */
    public Sources(int first, int count) {
        this.first = first;
        this.count = count;
    }

    public InetSocketAddress next() {
        int number = first + next++ % count;
        byte[] address = {127, 0, (byte) (1 + number / NUMBERS), (byte) (1 + number % NUMBERS)};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
