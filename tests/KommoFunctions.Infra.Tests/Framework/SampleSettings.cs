namespace KommoFunctions.Infra.Tests.Framework;

/// <summary>The settings of <c>local.settings.sample.json</c>, with which the app starts on any machine.</summary>
internal static class SampleSettings
{
    public static IEnumerable<KeyValuePair<string, string>> All =>
        RepositoryFile.Json("local.settings.sample.json").GetProperty("Values").EnumerateObject()
            .Select(value => KeyValuePair.Create(value.Name, value.Value.GetString()!));
}
