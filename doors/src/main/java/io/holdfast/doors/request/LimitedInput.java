package io.holdfast.doors.request;

import java.io.IOException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import io.holdfast.doors.problem.BodyTooLargeException;

/** A request's body that fails with {@link BodyTooLargeException} once more than the limit was read. */
final class LimitedInput extends ServletInputStream {

    private final ServletInputStream body;
    private final long limit;
    private long seen;

    LimitedInput(ServletInputStream body, long limit) {
        this.body = body;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int one = body.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int some = body.read(target, offset, length);
        count(Math.max(0, some));
        return some;
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private void count(int some) throws IOException {
        seen += some;
        if (seen > limit) {
            throw new BodyTooLargeException(limit);
        }
    }
}
