using System.Net;
using Azure.Identity;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.OwnWrites;
using KommoFunctions.Reconciliation;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace KommoFunctions.Core.Tests.Failures;

/// <summary>Something is done, and noting it fails, in whatever way: it stays done, and is not done a second time because of that.</summary>
public sealed class AfterEffectTests
{
    private const long AccountId = 30_000_001;
    private static readonly DateTimeOffset At = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private readonly ContractProcess _process;

    public AfterEffectTests()
    {
        var time = new InterleavedTime(At);
        _process = new ContractProcess(new InMemoryStorage(time), time);
    }

    public static TheoryData<string, bool> Answers => new()
    {
        { """{"_embedded":{"leads":[{"id":1,"updated_at":1}]}}""", true },
        { """{"_embedded":{"leads":[1,null,"x"]}}""", false },
        { "no JSON", false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_write_that_Kommo_carried_out_is_answered(string answer, bool isIdentityAway)
    {
        await ProvisionAsync();
        using var kommo = new AnsweringHandler(answer, () => _process.Network = isIdentityAway ? Fail : null);
        using var handler = new DirectWriteHandler(AccountId, _process.Get<DirectWriteStore>(), NullLogger.Instance) { InnerHandler = kommo };
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Patch, "http://127.0.0.1/api/v4/leads/1") { Content = new StringContent("""{"price":5}""") };

        using var response = await client.SendAsync(request, CancellationToken.None);

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_lease_that_cannot_be_given_back_ends_by_itself()
    {
        await ProvisionAsync();
        var held = await _process.Get<RowLeases>().TryAcquireAsync<Storage.Note>("scope", "name", TimeSpan.FromMinutes(1), CancellationToken.None);
        _process.Network = Fail;

        await held!.DisposeAsync();

        _process.Network = null;
        Assert.Null(await _process.Get<RowLeases>().TryAcquireAsync<Storage.Note>("scope", "name", TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    [Fact]
    public async Task An_account_whose_failure_cannot_be_noted_ends_no_run()
    {
        await ProvisionAsync();
        await _process.Get<AccountStore>().ConnectAsync(
            AccountId,
            At.AddDays(1),
            _ => new KommoAccount { Id = AccountId, Address = new Uri("https://one.kommo.com/"), ConnectedAt = At, ReconciledUntil = At.AddDays(-1) },
            CancellationToken.None);
        var (asked, failed) = (0, 0);
        _process.Network = act =>
        {
            // The suspensions, the accounts with parked messages, and the accounts.
            if (++asked <= 3)
            {
                return ValueTask.FromResult(act());
            }

            failed++;
            return Fail(act);
        };

        await _process.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.True(failed >= 2, "Neither the account nor the note failed.");
    }

    private static ValueTask<StorageAnswer> Fail(Func<StorageAnswer> act) => throw new AuthenticationFailedException("No token.");

    private Task ProvisionAsync() => _process.Get<StorageProvisioner>().EnsureCreatedAsync();

    private sealed class AnsweringHandler(string answer, Action answered) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            answered();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) });
        }
    }
}
