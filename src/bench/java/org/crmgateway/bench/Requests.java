package org.crmgateway.bench;

import java.util.List;

/** Where the requests of a row come from and go to. */
interface Requests {
    /** Not measured. */
    List<byte[]> make(int count);

    /** Measured. */
    Sending.Result run(List<byte[]> requests) throws Exception;
}
