package org.crmgateway.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files that fail once and then stop: after a write that failed, nothing more is written until the file is opened again. Without
 * it H2 2.4.240, whose disk is full, lets the next commit through that finds room; it builds on the one that failed, and when the
 * file is opened again H2 goes back to before both, and before commits that were acknowledged (docs/decisions/0029).
 */
public final class FailStopFiles extends FilePathWrapper {
    private static final String SCHEME = "failstop";

    static {
        FilePath.register(new FailStopFiles());
    }

    /** Made by H2 too, for each file. */
    public FailStopFiles() {}

    /** The address under which H2 opens the same database by way of these files. */
    static String url(String url) {
        return url.replaceFirst("^" + H2File.PREFIX, "jdbc:h2:" + SCHEME + ":");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode));
    }

    static class Channel extends FileBase {
        private final FileChannel file;
        private volatile boolean failed;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return changing(() -> file.write(source));
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return changing(() -> file.write(source, position));
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            return changing(() -> {
                file.truncate(size);
                return this;
            });
        }

        @Override
        public void force(boolean metaData) throws IOException {
            changing(() -> {
                file.force(metaData);
                return this;
            });
        }

        private <T> T changing(Change<T> change) throws IOException {
            if (failed) {
                throw new IOException("Not written, since an earlier write failed.");
            }
            boolean done = false;
            try {
                T result = change.run();
                done = true;
                return result;
            } finally {
                failed |= !done;
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    @FunctionalInterface
    private interface Change<T> {
        T run() throws IOException;
    }
}
