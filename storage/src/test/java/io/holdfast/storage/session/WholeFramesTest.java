package io.holdfast.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.response.Ready;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class WholeFramesTest {
    /** What the driver knows nothing of, as the number of contentions is at the end of a timeout. */
    private static final byte[] UNKNOWN = {1, 2};

    private final WholeFrames frames =
            new WholeFrames(new ByteBufPrimitiveCodec(UnpooledByteBufAllocator.DEFAULT), Compressor.none());

    @Test
    void aFrameWithMoreThanTheDriverKnowsEndsWhereItsHeaderSays() {
        ByteBuf both = Unpooled.wrappedBuffer(ready(1, UNKNOWN), ready(2, new byte[0]));

        assertIsReady(frames.decode(both), 1);
        assertIsReady(frames.decode(both), 2);
        assertThat(both.isReadable()).isFalse();
    }

    @Test
    void aFrameThatArrivesInPartsIsReadAsAWhole() {
        ByteBuf whole = Unpooled.wrappedBuffer(ready(1, UNKNOWN), ready(2, new byte[0]));
        ByteBuf parts = Unpooled.wrappedBuffer(
                whole.readRetainedSlice(5), whole.readRetainedSlice(5), whole.readRetainedSlice(whole.readableBytes()));

        assertIsReady(frames.decode(parts), 1);
        assertIsReady(frames.decode(parts), 2);
    }

    private static void assertIsReady(Frame frame, int stream) {
        assertThat(frame.message).isInstanceOf(Ready.class);
        assertThat(frame.streamId).isEqualTo(stream);
    }

    private static ByteBuf ready(int stream, byte[] body) {
        return Unpooled.buffer()
                .writeByte(0x80 | ProtocolConstants.Version.V5)
                .writeByte(0)
                .writeShort(stream)
                .writeByte(ProtocolConstants.Opcode.READY)
                .writeInt(body.length)
                .writeBytes(body);
    }
}
