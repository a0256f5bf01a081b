namespace Kommo;

/// <summary>Names a file, as requests to the storage do.</summary>
internal sealed record FileName(string Uuid);

/// <summary>Names a file, as requests to the account do.</summary>
internal sealed record AttachedFileName(string FileUuid);
