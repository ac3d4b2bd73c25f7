package io.holdfast.backup.repository;

/**
 * One slice as a manifest names it.
 *
 * @param id the name of the object: follows from its columns and rows and the key of the repository
 * @param firstToken the first token it covers
 * @param lastToken the last token it covers
 * @param part 0, or which part of a partition larger than a slice
 * @param rows how many rows and static parts it holds
 * @param bytes how many bytes are stored
 * @param sha256 SHA-256 of the stored bytes
 */
public record SliceEntry(String id, long firstToken, long lastToken, int part, long rows, long bytes, String sha256) {}
