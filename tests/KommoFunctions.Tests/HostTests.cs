namespace KommoFunctions.Tests;

public sealed class HostTests
{
    [Fact]
    public void The_host_json_of_the_repository_is_the_one_beside_the_app()
    {
        Assert.Equal(RepositoryFile.Text("host.json"), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
    }

    [Fact]
    public void The_prefix_of_every_route_is_the_one_in_the_addresses_that_Kommo_is_given()
    {
        var prefix = RepositoryFile.Json("host.json").GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString();

        Assert.Equal(HttpRoutes.Prefix, prefix);
        Assert.Contains($"'${{publicUrl}}/{prefix}/oauth/callback'", RepositoryFile.Text("infra/modules/functions.bicep"), StringComparison.Ordinal);
        Assert.Contains($"'${{functions.outputs.publicUrl}}/{prefix}/hooks'", RepositoryFile.Text("infra/main.bicep"), StringComparison.Ordinal);
        Assert.Contains($"/{prefix}/oauth/callback", RepositoryFile.Text("local.settings.sample.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_trigger_decodes_messages_as_the_app_encodes_them()
    {
        var queues = RepositoryFile.Json("host.json").GetProperty("extensions").GetProperty("queues");

        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
    }

    [Fact]
    public void Host_and_worker_both_speak_OpenTelemetry()
    {
        Assert.Equal("OpenTelemetry", RepositoryFile.Json("host.json").GetProperty("telemetryMode").GetString());
    }
}
