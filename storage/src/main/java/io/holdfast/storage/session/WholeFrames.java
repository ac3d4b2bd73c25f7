package io.holdfast.storage.session;

import com.datastax.dse.protocol.internal.DseProtocolV1ClientCodecs;
import com.datastax.dse.protocol.internal.DseProtocolV2ClientCodecs;
import com.datastax.dse.protocol.internal.ProtocolV4ClientCodecsForDse;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.ProtocolV3ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV5ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV6ClientCodecs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads each frame to the end its header tells, also where its body has more than the driver knows.
 *
 * <p>Version 5 of the protocol ends the timeout of a conditional write with a number of contentions, which the driver
 * (4.19.3) does not read. It takes the two bytes for the next frame, finds no protocol of that version, and closes the
 * connection with everything that is under way on it: a conditional write that waits for a lost node would take the
 * connection to a healthy one along.
 *
 * <p>A frame is copied in one go before it is read: a large one arrives in parts, and of a page with thousands of values each would be
 * looked for in those parts.
 */
final class WholeFrames extends FrameCodec<ByteBuf> {

    /** For all versions the driver knows: it begins with the highest and goes down to one the node knows. */
    WholeFrames(PrimitiveCodec<ByteBuf> primitives, Compressor<ByteBuf> compressor) {
        super(
                primitives,
                compressor,
                new ProtocolV3ClientCodecs(),
                new ProtocolV4ClientCodecsForDse(),
                new ProtocolV5ClientCodecs(),
                new ProtocolV6ClientCodecs(),
                new DseProtocolV1ClientCodecs(),
                new DseProtocolV2ClientCodecs());
    }

    @Override
    public Frame decode(ByteBuf source) {
        byte[] whole = new byte[V3_ENCODED_HEADER_SIZE + decodeBodySize(source)];
        source.readBytes(whole);
        return super.decode(Unpooled.wrappedBuffer(whole));
    }
}
