package org.crmgateway.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** Our side of one connection in an {@link EventLoop}. */
public interface Conversation {
    /** The connection can do something it was waited for. */
    void ready(SelectionKey key) throws IOException;

    /** What {@link #ready} threw: the other side is gone. */
    void broken();
}
