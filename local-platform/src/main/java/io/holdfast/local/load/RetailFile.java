package io.holdfast.local.load;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.holdfast.local.Complaint;

/** An Online Retail file, plain or gzipped; read as a stream, as often as needed. */
final class RetailFile {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;

    RetailFile(Path path) {
        this.path = path;
    }

    /**
     * Hands out every row, in the order of the file.
     *
     * @throws Complaint when there is no such file, or it is none of its kind
     */
    void read(Consumer<SortedRow> rows) {
        checkReadable();
        try (Reader text = open()) {
            parse(text, rows);
        } catch (ZipException | EOFException e) {
            throw new Complaint(
                    path + " is not whole: its gzip data are damaged or cut off (" + e.getMessage() + ")", e);
        } catch (CharacterCodingException e) {
            throw new Complaint(path + " is not UTF-8 text; iconv -f latin1 -t utf-8 makes one of an older file", e);
        } catch (CSVException e) {
            throw new Complaint(path + " is not a CSV file: " + oneLine(e), e);
        } catch (IOException e) {
            throw new Complaint(path + " cannot be read: " + oneLine(e), e);
        }
    }

    /**
     * Whether it can be opened at all.
     *
     * @throws Complaint when it cannot
     */
    void checkReadable() {
        if (Files.isDirectory(path) || Files.notExists(path)) {
            throw new Complaint("There is no file " + path);
        }
        if (!Files.isReadable(path)) {
            throw new Complaint("The file " + path + " cannot be read: its permissions forbid it");
        }
    }

    private void parse(Reader text, Consumer<SortedRow> rows) throws IOException {
        try (CSVParser parser = format().parse(text)) {
            checkColumns(parser.getHeaderNames());
            RowSorter sorter = new RowSorter();
            Iterator<CSVRecord> records = parser.iterator();
            long line = parser.getCurrentLineNumber() + 1;
            while (records.hasNext()) {
                CSVRecord row = records.next();
                if (!isBlank(row)) {
                    rows.accept(sorter.sort(row, line));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException e) {
            // The iterator may throw no other.
            throw e.getCause();
        } catch (IllegalArgumentException e) {
            throw new Complaint(path + " has an unusable first line: " + oneLine(e), e);
        }
    }

    private static CSVFormat format() {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setAllowMissingColumnNames(true)
                .setIgnoreEmptyLines(false)
                .get();
    }

    private static boolean isBlank(CSVRecord row) {
        return row.size() == 1 && row.get(0).isBlank();
    }

    private Reader open() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        bytes.mark(2);
        boolean gzipped = bytes.read() == GZIP_MAGIC_1 && bytes.read() == GZIP_MAGIC_2;
        bytes.reset();
        if (!gzipped && path.toString().endsWith(".gz")) {
            bytes.close();
            throw new Complaint(path + " ends in .gz but is not gzipped");
        }
        InputStream plain = gzipped ? new GZIPInputStream(bytes, BUFFER) : bytes;
        PushbackReader text = new PushbackReader(
                new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), BUFFER));
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return new BufferedReader(text, BUFFER);
    }

    private void checkColumns(List<String> present) {
        if (present.isEmpty()) {
            throw new Complaint(path + " is empty; its first line must name " + String.join(",", Column.ALL));
        }
        List<String> missing =
                Column.ALL.stream().filter(column -> !present.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new Complaint(path + " lacks the column" + (missing.size() > 1 ? "s " : " ")
                    + String.join(", ", missing) + "; its first line must name " + String.join(",", Column.ALL));
        }
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ");
    }
}
