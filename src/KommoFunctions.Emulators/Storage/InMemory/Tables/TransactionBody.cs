using System.Globalization;
using System.Text;

namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>Reads and writes the multipart bodies of transactions (OData 3.0: batch processing).</summary>
internal static class TransactionBody
{
    private const string Line = "\r\n";
    private const string Blank = Line + Line;

    public static List<StorageCall> Read(StorageCall batch)
    {
        var changes = new List<StorageCall>();
        var text = batch.Text;
        var boundary = "--changeset_";
        var start = text.IndexOf(boundary, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new StorageRefusal(400, "InvalidInput", "One of the request inputs is not valid.");
        }

        boundary = text[start..text.IndexOf(Line, start, StringComparison.Ordinal)];
        foreach (var part in text.Split(boundary)[1..^1])
        {
            changes.Add(ReadPart(part));
        }

        return changes;
    }

    public static StorageAnswer Write(IEnumerable<StorageAnswer> done) => Write(string.Concat(done.Select(answer =>
        $"--changesetresponse_1{Line}Content-Type: application/http{Line}Content-Transfer-Encoding: binary{Blank}"
        + $"HTTP/1.1 {answer.Status} No Content{Line}{string.Concat(answer.Headers.Select(header => $"{header.Key}: {header.Value}{Line}"))}{Blank}")));

    public static StorageAnswer Write(StorageRefusal refusal, int index) => Write(
        $"--changesetresponse_1{Line}Content-Type: application/http{Line}Content-Transfer-Encoding: binary{Blank}"
        + $"HTTP/1.1 {refusal.Status.ToString(CultureInfo.InvariantCulture)} Refused{Line}Content-Type: application/json;odata=minimalmetadata{Blank}"
        + $"{Encoding.UTF8.GetString(refusal.ToJson(index))}{Line}");

    private static StorageAnswer Write(string changes) => StorageAnswer.Bytes(
        202,
        Encoding.UTF8.GetBytes($"--batchresponse_1{Line}Content-Type: multipart/mixed; boundary=changesetresponse_1{Blank}{changes}--changesetresponse_1--{Line}--batchresponse_1--{Line}"),
        "multipart/mixed; boundary=batchresponse_1");

    private static StorageCall ReadPart(string part)
    {
        // The part's own headers, then a request with its headers and its body.
        var request = part[(part.IndexOf(Blank, StringComparison.Ordinal) + Blank.Length)..];
        var end = request.IndexOf(Blank, StringComparison.Ordinal);
        var lines = (end < 0 ? request.TrimEnd() : request[..end]).Split(Line);
        var (method, address) = lines[0].Split(' ') is [var verb, var uri, ..] ? (verb, uri) : throw new StorageRefusal(400, "InvalidInput", "One of the request inputs is not valid.");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = end < 0 ? "" : request[(end + Blank.Length)..].TrimEnd();
        return new StorageCall(method, new Uri(address), headers, Encoding.UTF8.GetBytes(body));
    }
}
