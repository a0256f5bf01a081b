namespace KommoFunctions.Emulators.Azurite;

/// <summary>The folder of the repository: the one whose <c>package.json</c> names Azurite.</summary>
public static class RepositoryRoot
{
    /// <summary>Finds it upwards from the program's folder, then from the current one.</summary>
    /// <exception cref="AzuriteException">There is none.</exception>
    public static string Find() => AzuriteInstallation.FindRepositoryRoot(AppContext.BaseDirectory, Environment.CurrentDirectory);
}
