namespace KommoFunctions.Emulators.Files;

/// <summary>A file that one process at a time holds open; the system lets go of it when that process dies.</summary>
internal static class ExclusiveFile
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    /// <summary>Opens the file, or returns <see langword="null"/> while another process or handle has it.</summary>
    public static FileStream? TryOpen(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (IsHeldElsewhere(failure))
        {
            return null;
        }
    }

    private static bool IsHeldElsewhere(IOException failure) => OperatingSystem.IsWindows()
        ? failure.HResult == WindowsSharingViolation
        : failure.HResult is LinuxWouldBlock or MacWouldBlock;
}
