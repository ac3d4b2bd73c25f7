package io.holdfast.backup.repository;

import java.util.regex.Pattern;

/** What names of blobs look like: lower-case words of letters, digits and dashes, joined by dots and slashes. */
public final class BlobNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(?:[./][a-z0-9-]+)*");

    private BlobNames() {}

    /** Whether a blob can be called so. What others put into a folder or bucket, such as {@code .DS_Store}, mostly is not. */
    public static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }
}
