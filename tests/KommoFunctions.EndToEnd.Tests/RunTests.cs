using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using KommoFunctions.EndToEnd.Tests.Framework;

namespace KommoFunctions.EndToEnd.Tests;

public sealed class RunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _data = Directory.CreateTempSubdirectory("kommofunctions-").FullName;
    private readonly HttpClient _http = new();
    private readonly int _port = FreePorts.InARow(6);

    private string Simulator => $"http://127.0.0.1:{_port + 4}/_simulator";

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_lead_gets_its_task_and_a_second_start_finds_everything_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl-C is sent as a Unix signal");
        long first;
        await using (var run = await StartAsync())
        {
            first = await CreateLeadAsync();
            await WaitForFollowUpAsync(first);
            run.Interrupt();
            Assert.Equal(0, await run.WaitForExitAsync(Patience));
        }

        // Nothing of it is left running.
        Assert.All(Enumerable.Range(_port, 6), port => Assert.True(Emulators.Ports.IsFree(port), $"Port {port} is still taken"));

        await using (var run = await StartAsync())
        {
            await WaitForFollowUpAsync(first);
            await WaitForFollowUpAsync(await CreateLeadAsync());
            run.Interrupt();
            Assert.Equal(0, await run.WaitForExitAsync(Patience));
        }
    }

    [Fact]
    public async Task Without_the_app_its_surroundings_come_up()
    {
        await using var run = await StartAsync("--no-app");
        Assert.True(Emulators.Ports.IsFree(_port + 5));
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync($"{Simulator}/statistics")).StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_taken_port_is_named(int which)
    {
        using var other = new TcpListener(IPAddress.Loopback, _port + which);
        other.Start();
        await using var run = LocalProcess.Start(null, Arguments());
        Assert.NotEqual(0, await run.WaitForExitAsync(Patience));
        Assert.Contains($"port {_port + which}", run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<LocalProcess> StartAsync(params string[] more)
    {
        var run = LocalProcess.Start(null, Arguments(more));
        await run.WaitForOutputAsync("Ctrl-C stops all of it", Patience);
        return run;
    }

    private string[] Arguments(params string[] more) => ["--data", _data, "--first-port", $"{_port}", .. more];

    private async Task<long> CreateLeadAsync()
    {
        using var response = await _http.PostAsync($"{Simulator}/leads", content: null);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("ids")[0].GetInt64();
    }

    private async Task WaitForFollowUpAsync(long lead)
    {
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var answer = await _http.GetFromJsonAsync<JsonElement>($"{Simulator}/leads/{lead}", timeout.Token);
            var (tasks, notes) = (answer.GetProperty("tasks").GetArrayLength(), answer.GetProperty("notes").GetArrayLength());
            Assert.True(tasks <= 1 && notes <= 1, $"{tasks} tasks and {notes} notes");
            if (tasks == 1 && notes == 1)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, timeout.Token);
        }
    }
}
