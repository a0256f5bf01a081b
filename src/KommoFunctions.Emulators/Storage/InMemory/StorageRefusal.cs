using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>Storage says no (Storage REST API: common, table, queue and blob service error codes).</summary>
internal sealed class StorageRefusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static StorageRefusal Busy { get; } = new(503, "ServerBusy", "The server is busy.");

    /// <summary>As the service words it: tables in JSON, the others in XML.</summary>
    public StorageAnswer ToAnswer(StorageService service) =>
        (service is StorageService.Table ? StorageAnswer.Json(status, ToJson()) : StorageAnswer.Xml(status, new XElement("Error", new XElement("Code", code), new XElement("Message", Message))))
        .With("x-ms-error-code", code);

    /// <param name="index">The operation of a transaction that it is about.</param>
    public byte[] ToJson(int? index = null)
    {
        var value = JsonEncodedText.Encode(index is { } number ? $"{number}:{Message}" : Message);
        return Encoding.UTF8.GetBytes($$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"{{{{value}}}}"}}}""");
    }
}
