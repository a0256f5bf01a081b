namespace KommoFunctions.Emulators.Files;

/// <summary>Replaces a file's content so that a reader, or a restart after a crash, sees the old or the new one whole.</summary>
internal static class AtomicFile
{
    /// <summary>What a write in progress is called; a file that ends so was never finished.</summary>
    public const string UnfinishedSuffix = ".unfinished";

    /// <summary>Writes, flushes to the disk and renames. Only the owner may read the result (mode 0600 on Unix).</summary>
    public static void WritePrivate(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = path + UnfinishedSuffix;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(unfinished, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
