using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Intake;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Intake;

/// <summary>
/// What holds of every secret that requests are checked with, while it is replaced: nothing that it signed is refused by a cache, and nobody turns
/// wrong proofs into requests to the vault.
/// </summary>
public sealed class ReplacedSecretTests(AzuriteFixture azurite)
{
    private const string Old = "the secret of yesterday, as long as it may be";
    private const string New = "the secret of today, as long as it may be";

    public static TheoryData<string> Proofs => [.. SecretProof.All.Select(proof => proof.Name)];

    [Fact]
    public void Every_cached_secret_and_everything_that_checks_with_one_is_tested_here()
    {
        var types = typeof(SecretRing).Assembly.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute))).ToList();
        var rings = types
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(SecretRing))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name.Replace(">k__BackingField", "", StringComparison.Ordinal).TrimStart('<')}");
        var users = types
            .SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(made => made.GetParameters().Any(p => p.ParameterType == typeof(HookKeyRing) || p.ParameterType == typeof(IntegrationKeys)))
            .Select(made => made.DeclaringType!);

        Assert.Equal(SecretProof.All.Select(proof => proof.Ring).Distinct().Order(), rings.Order());
        // The one that makes addresses checks none.
        Assert.Equal(
            SecretProof.All.Select(proof => proof.By).Distinct().OrderBy(type => type.Name),
            users.Except([typeof(HookSubscriptions)]).OrderBy(type => type.Name));
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task The_new_secret_and_the_old_one_are_accepted_at_once_by_every_process(string name)
    {
        var (host, proof) = await StartAsync(name);
        await using var _ = host;
        await host.Process.Vault.SetSecretAsync(SecretRing.PreviousOf(proof.Secret), Old);
        await host.Process.Vault.SetSecretAsync(proof.Secret, New);

        foreach (var process in host.Processes)
        {
            Assert.Equal((200, 200), (await proof.SendAsync(host, process, New), await proof.SendAsync(host, process, Old)));
        }
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task While_the_vault_is_away_an_unknown_proof_gets_503_and_a_known_one_is_accepted(string name)
    {
        var (host, proof) = await StartAsync(name);
        await using var _ = host;
        await host.Process.Vault.SetSecretAsync(proof.Secret, New);
        host.Vault.Available = false;

        Assert.Equal(503, await proof.SendAsync(host, host.Process, New));
        Assert.Equal(200, await proof.SendAsync(host, host.Process, Old));

        host.Vault.Available = true;
        await Eventually.HoldsAsync(async () => await proof.SendAsync(host, host.Process, New) == 200);
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task A_flood_of_wrong_proofs_costs_one_read_of_the_vault_a_second_and_a_right_one_passes_through_it(string name)
    {
        var (host, proof) = await StartAsync(name);
        await using var _ = host;
        await host.Process.Vault.SetSecretAsync(SecretRing.PreviousOf(proof.Secret), Old);
        var before = host.Vault.Statistics.Total;
        var start = TimeProvider.System.GetTimestamp();
        using var end = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 20).Select(async sender =>
        {
            var answers = new List<int>();
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                answers.Add(await proof.SendAsync(host, host.Process, $"made up {sender} {i}, as long as it may be"));
            }

            return answers;
        }).ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, TestContext.Current.CancellationToken);
        await host.Process.Vault.SetSecretAsync(proof.Secret, New);

        Assert.Equal(200, await proof.SendAsync(host, host.Process, New));
        await Task.Delay(TimeSpan.FromMilliseconds(1000), TimeProvider.System, TestContext.Current.CancellationToken);
        await end.CancelAsync();
        var answers = (await Task.WhenAll(flood)).SelectMany(list => list).ToList();

        Assert.All(answers, answer => Assert.Equal(401, answer));
        Assert.True(answers.Count >= 20);
        // Two requests a read, which is of the secret and the one before it; one more to enter the new one.
        var reads = 2 + (TimeProvider.System.GetElapsedTime(start) / SecretRing.Spacing);
        Assert.InRange(host.Vault.Statistics.Total - before, 1, (2 * reads) + 1);
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task What_has_not_the_form_of_a_proof_costs_no_read_and_what_was_refused_none_for_a_time(string name)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (host, proof) = await StartAsync(name, time);
        await using var _ = host;
        var state = name == "state of connecting";
        Assert.Equal(401, await proof.SendAsync(host, host.Process, "made up"));
        time.Advance(SecretRing.Spacing);
        var before = host.Vault.Statistics.Total;

        // A state is another one each time.
        Assert.Equal(401, await proof.SendAsync(host, host.Process, "made up"));
        var refusedAgain = host.Vault.Statistics.Total - before;
        time.Advance(SecretRing.RefusedFor);
        Assert.Equal(401, await proof.SendAsync(host, host.Process, "made up"));
        var refusedLater = host.Vault.Statistics.Total - before - refusedAgain;

        Assert.Equal(proof.Repeats && !state ? (0, 2) : (2, 2), (refusedAgain, refusedLater));
    }

    [Fact]
    public async Task A_secret_that_was_replaced_by_mistake_is_accepted_again_once_it_is_back()
    {
        var proof = SecretProof.All[0];
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (host, _) = await StartAsync(proof.Name, time);
        await using var disposed = host;
        await host.Process.Vault.SetSecretAsync(proof.Secret, "a mistake");
        Assert.Equal(200, await proof.SendAsync(host, host.Process, "a mistake"));
        time.Advance(SecretRing.Spacing);
        Assert.Equal(401, await proof.SendAsync(host, host.Process, Old));
        await host.Process.Vault.SetSecretAsync(proof.Secret, Old);

        time.Advance(SecretRing.RefusedFor);

        Assert.Equal(200, await proof.SendAsync(host, host.Process, Old));
    }

    [Fact]
    public async Task An_address_that_was_just_subscribed_is_accepted_even_by_the_process_that_knew_an_older_key_and_lost_the_vault()
    {
        var proof = SecretProof.All[0];
        var (host, _) = await StartAsync(proof.Name);
        await using var disposed = host;
        await host.Process.Vault.SetSecretAsync(SecretRing.PreviousOf(proof.Secret), Old);
        await host.Process.Vault.SetSecretAsync(proof.Secret, New);

        var address = await host.Process.Get<HookSubscriptions>().AddressOfAsync(host.AccountId, CancellationToken.None);
        host.Vault.Available = false;

        Assert.EndsWith(HookToken.Create(Encoding.UTF8.GetBytes(New), host.AccountId), address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal((200, 200), (await proof.SendAsync(host, host.Process, New), await proof.SendAsync(host, host.Process, Old)));
    }

    /// <summary>Two processes that have the old secret in their caches.</summary>
    private async Task<(CoreHost Host, SecretProof Proof)> StartAsync(string name, TimeProvider? time = null)
    {
        var proof = SecretProof.All.Single(p => p.Name == name);
        var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Settings["Intake:RequireSignature"] = "true";
            o.Settings["Connect:AllowLoopback"] = "true";
            o.Kommo = kommo => kommo.UseLoopbackHosts = true;
            o.Time = time ?? o.Time;
        });
        await host.Process.Vault.SetSecretAsync(proof.Secret, Old);
        host.StartProcess();
        foreach (var process in host.Processes)
        {
            Assert.Equal(200, await proof.SendAsync(host, process, Old));
        }

        return (host, proof);
    }
}
