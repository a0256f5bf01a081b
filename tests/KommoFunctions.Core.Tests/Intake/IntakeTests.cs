using System.Security.Cryptography;
using System.Text;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Intake;

public sealed class IntakeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_hook_at_the_right_address_is_queued_byte_for_byte()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var body = Encoding.UTF8.GetBytes(Hooks.LeadAdded(1, "J%C3%BCrgen+%22%5C"));

        var answer = await host.Process.PostHookAsync(body);

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(body, await UnpackOnlyAsync(host));
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_kept_byte_for_byte()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        byte[] body = [0xFF, 0x00, 0xFE, .. "leads[add][0][id]=1"u8, 0xC3];

        await host.Process.PostHookAsync(body);

        Assert.Equal(body, await UnpackOnlyAsync(host));
    }

    [Fact]
    public async Task An_empty_body_is_queued()
    {
        await using var host = await CoreHost.StartAsync(azurite);

        await host.Process.PostHookAsync([]);

        Assert.Empty(await UnpackOnlyAsync(host));
    }

    [Theory]
    [InlineData("a wrong token")]
    [InlineData("a token too short")]
    [InlineData("a token too long")]
    [InlineData("a token of characters that none has")]
    [InlineData("no token")]
    [InlineData("another account's token")]
    [InlineData("an account that is no number")]
    [InlineData("a negative account")]
    public async Task A_hook_at_a_wrong_address_is_refused_without_asking_storage(string wrong)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.Get<WebhookIntake>().WarmUpAsync();
        var key = await host.Process.Get<HookKeyRing>().GetOrCreateCurrentAsync(CancellationToken.None);
        var right = HookToken.Create(key, host.AccountId);
        var account = $"{host.AccountId}";
        (account, var token) = wrong switch
        {
            "a wrong token" => (account, new string('A', right.Length)),
            "a token too short" => (account, right[..^1]),
            "a token too long" => (account, right + "A"),
            "a token of characters that none has" => (account, new string('@', right.Length)),
            "no token" => (account, ""),
            "another account's token" => (account, HookToken.Create(key, host.AccountId + 1)),
            "an account that is no number" => (account + "x", right),
            _ => ("-" + account, HookToken.Create(key, -host.AccountId)),
        };
        await host.Process.Get<HookKeyRing>().WarmUpAsync(CancellationToken.None);
        var before = host.Proxy.Statistics.Total;

        var answer = await host.Process.Get<WebhookIntake>().ReceiveAsync(account, token, new MemoryStream("x"u8.ToArray()), 1);

        Assert.Equal(401, answer.StatusCode);
        Assert.Equal(before, host.Proxy.Statistics.Total);
        Assert.Equal(0, await host.CountAsync(QueueNames.Hooks));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_is_refused_whether_its_length_is_told_or_not(bool told)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Intake:MaxBodyBytes"] = "50000");

        var answer = await ReceiveAsync(host, new byte[50_001], told);

        Assert.Equal(413, answer.StatusCode);
        Assert.Equal(0, await host.CountAsync(QueueNames.Hooks));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_exactly_the_limit_is_taken_whether_its_length_is_told_or_not(bool told)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Intake:MaxBodyBytes"] = "50000");
        var body = RandomNumberGenerator.GetBytes(50_000);

        var answer = await ReceiveAsync(host, body, told);

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(body, await UnpackOnlyAsync(host));
    }

    [Fact]
    public async Task Storage_that_refuses_connections_gives_a_503_that_says_nothing_of_the_inside()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        host.Proxy.Faults.RefuseConnections = true;

        var answer = await ReceiveAsync(host, "leads[add][0][id]=2"u8.ToArray(), told: true);

        Assert.Equal(new IntakeResult(503, "try again later"), answer);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_gives_a_503_before_kommo_stops_waiting()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        using var stall = host.Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.Stall });
        var start = TimeProvider.System.GetTimestamp();

        var answer = await ReceiveAsync(host, "leads[add][0][id]=2"u8.ToArray(), told: true);

        Assert.Equal(503, answer.StatusCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task One_busy_answer_of_storage_is_overcome()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        host.Proxy.Faults.FailNext(StorageFaultKind.ServerBusy, kind => kind.Service == StorageService.Queue);

        var answer = await ReceiveAsync(host, "leads[add][0][id]=2"u8.ToArray(), told: true);

        Assert.Equal(200, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_stops_coming_gives_a_503()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Intake:Deadline"] = "00:00:00.300");
        await host.Process.Get<WebhookIntake>().WarmUpAsync();
        var token = await TokenAsync(host);
        using var body = new SilentStream();

        var answer = await host.Process.Get<WebhookIntake>().ReceiveAsync($"{host.AccountId}", token, body, 100);

        Assert.Equal(503, answer.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_hung_up_is_not_told_that_its_hook_is_queued()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var token = await TokenAsync(host);

        var answer = await host.Process.Get<WebhookIntake>().ReceiveAsync(
            $"{host.AccountId}", token, new SilentStream(), 100, cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal(503, answer.StatusCode);
    }

    [Fact]
    public async Task The_previous_key_is_accepted_while_keys_are_rotated()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        const string old = "the root key before this one";
        await host.Process.Vault.SetSecretAsync(HookKeyRing.CurrentSecret, "the root key of today");
        await host.Process.Vault.SetSecretAsync(HookKeyRing.PreviousSecret, old);

        var answer = await host.Process.Get<WebhookIntake>().ReceiveAsync(
            $"{host.AccountId}", HookToken.Create(Encoding.UTF8.GetBytes(old), host.AccountId), new MemoryStream([]), 0);

        Assert.Equal(200, answer.StatusCode);
    }

    [Fact]
    public async Task A_vault_that_is_down_at_the_first_hook_gives_503_and_later_200()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Intake:Deadline"] = "00:00:00.500");
        var token = await TokenAsync(host);
        var process = host.StartProcess();
        host.Vault.Available = false;

        var down = await process.Get<WebhookIntake>().ReceiveAsync($"{host.AccountId}", token, new MemoryStream([]), 0);
        host.Vault.Available = true;

        Assert.Equal(503, down.StatusCode);
        await Eventually.HoldsAsync(async () =>
            (await process.Get<WebhookIntake>().ReceiveAsync($"{host.AccountId}", token, new MemoryStream([]), 0)).StatusCode == 200);
    }

    [Fact]
    public async Task The_vault_is_not_asked_again_for_the_second_hook()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var token = await TokenAsync(host);
        await host.Process.Get<WebhookIntake>().ReceiveAsync($"{host.AccountId}", token, new MemoryStream([]), 0);
        var before = host.Vault.Statistics.Total;

        await host.Process.Get<WebhookIntake>().ReceiveAsync($"{host.AccountId}", token, new MemoryStream([]), 0);

        Assert.Equal(before, host.Vault.Statistics.Total);
    }

    [Fact]
    public async Task A_hook_costs_one_storage_request()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        var before = host.Proxy.Statistics.Total;

        await ReceiveAsync(host, "leads[add][0][id]=2"u8.ToArray(), told: true);

        Assert.Equal(before + 1, host.Proxy.Statistics.Total);
    }

    [Fact]
    public async Task A_large_body_that_compresses_travels_in_the_message()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var body = Encoding.UTF8.GetBytes(Hooks.Leads(2_000));
        Assert.True(body.Length > 150_000);

        await host.Process.PostHookAsync(body);

        var envelope = Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Hooks));
        Assert.Equal(ContentEncoding.Brotli, envelope.Content.Encoding);
        Assert.Equal(body, (await host.Process.Get<ContentCodec>().UnpackAsync(envelope.Content, CancellationToken.None)).ToArray());
    }

    [Fact]
    public async Task A_large_body_that_does_not_compress_comes_back_from_a_blob()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var body = RandomNumberGenerator.GetBytes(300_000);

        await host.Process.PostHookAsync(body);

        var envelope = Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Hooks));
        Assert.Equal(ContentEncoding.Blob, envelope.Content.Encoding);
        Assert.Equal(body, (await host.Process.Get<ContentCodec>().UnpackAsync(envelope.Content, CancellationToken.None)).ToArray());
    }

    [Fact]
    public async Task A_large_bodys_blob_holds_nothing_any_more_when_its_message_is_done()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(LargeHook());

        await host.Process.SettleAsync();

        Assert.Single(host.Script.Seen);
        await foreach (var blob in host.Blobs.GetBlobContainerClient(ContainerNames.Bodies).GetBlobsAsync(cancellationToken: CancellationToken.None))
        {
            Assert.Equal(0, blob.Properties.ContentLength);
        }
    }

    [Fact]
    public async Task A_large_hook_that_is_processed_twice_leaves_no_dead_letter()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(LargeHook());
        var message = await host.TakeOneAsync(QueueNames.Hooks);
        await host.Process.ProcessAsync(QueueNames.Hooks, message);

        await host.Process.ProcessAsync(QueueNames.Hooks, message);

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    private static byte[] LargeHook() => Encoding.UTF8.GetBytes(Hooks.LeadAdded(1, Convert.ToHexString(RandomNumberGenerator.GetBytes(100_000))));

    private static async Task<string> TokenAsync(CoreHost host) =>
        HookToken.Create(await host.Process.Get<HookKeyRing>().GetOrCreateCurrentAsync(CancellationToken.None), host.AccountId);

    private static async Task<IntakeResult> ReceiveAsync(CoreHost host, byte[] body, bool told) =>
        await host.Process.Get<WebhookIntake>().ReceiveAsync(
            $"{host.AccountId}", await TokenAsync(host), new MemoryStream(body), told ? body.Length : null);

    private static async Task<byte[]> UnpackOnlyAsync(CoreHost host)
    {
        var envelope = Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Hooks));
        return (await host.Process.Get<ContentCodec>().UnpackAsync(envelope.Content, CancellationToken.None)).ToArray();
    }

    /// <summary>A request whose bytes never come.</summary>
    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}
