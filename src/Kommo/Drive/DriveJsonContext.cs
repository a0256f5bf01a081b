using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Source-generated metadata of the file storage and of files on entities.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StoredFile))]
[JsonSerializable(typeof(FileVersion))]
[JsonSerializable(typeof(FileUpdate))]
[JsonSerializable(typeof(FileName[]))]
[JsonSerializable(typeof(NewUpload))]
[JsonSerializable(typeof(UploadSession))]
[JsonSerializable(typeof(UploadProgress))]
[JsonSerializable(typeof(AttachedFile))]
[JsonSerializable(typeof(AttachedFileName[]))]
[JsonSerializable(typeof(FileEntities))]
internal sealed partial class DriveJsonContext : JsonSerializerContext;
