using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>What storage answers.</summary>
internal sealed class StorageAnswer(int status)
{
    public int Status => status;

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ReadOnlyMemory<byte> Body { get; private init; }

    public static StorageAnswer Json(int status, ReadOnlyMemory<byte> body) => new(status)
    {
        Body = body,
        Headers = { ["Content-Type"] = "application/json;odata=minimalmetadata;charset=utf-8", ["Content-Length"] = Number(body.Length) },
    };

    public static StorageAnswer Xml(int status, XElement body) =>
        Bytes(status, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + body.ToString(SaveOptions.DisableFormatting)), "application/xml");

    public static StorageAnswer Bytes(int status, ReadOnlyMemory<byte> body, string contentType) => new(status)
    {
        Body = body,
        Headers = { ["Content-Type"] = contentType, ["Content-Length"] = Number(body.Length) },
    };

    public StorageAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }

    private static string Number(int length) => length.ToString(CultureInfo.InvariantCulture);
}
