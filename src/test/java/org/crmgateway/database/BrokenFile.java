package org.crmgateway.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;

/** A file on a disk that does not write when it is told to fail. */
public final class BrokenFile extends FailStopFiles.Channel {
    private final BooleanSupplier failing;

    /** @param failing asked at each write */
    public BrokenFile(FileChannel file, BooleanSupplier failing) {
        super(file);
        this.failing = failing;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        if (failing.getAsBoolean()) {
            throw new IOException("Input/output error");
        }
        return super.write(source, position);
    }
}
