using Azure;
using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.DeadLetters;

/// <summary>A row is written, the answer is lost, and another writes it before storage is asked again: the other's row names the body of the first.</summary>
public sealed class OvertakenWriteTests
{
    private const long AccountId = 30_000_001;
    private static readonly DateTimeOffset At = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Large = new('n', 50_000);

    private readonly ContractProcess _one;
    private readonly ContractProcess _other;

    public OvertakenWriteTests()
    {
        var time = new InterleavedTime(At);
        var storage = new InMemoryStorage(time);
        (_one, _other) = (new ContractProcess(storage, time), new ContractProcess(storage, time));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_body_that_the_row_names_stays(bool isEdit)
    {
        await _other.Get<StorageProvisioner>().EnsureCreatedAsync();
        var (store, others) = (_one.Get<DeadLetterStore>(), _other.Get<DeadLetterStore>());
        var letter = SampleDeadLetter.Of(AccountId, message: Large, at: At);
        if (isEdit)
        {
            await others.AddAsync(letter with { Message = BinaryData.FromString("small") }, CancellationToken.None);
            letter = (await others.GetAsync(AccountId, letter.Id))!;
        }

        var request = 0;
        _one.Network = async act =>
        {
            var answer = act();
            if (++request != 3)
            {
                // The row as it is, then the body.
                return answer;
            }

            await others.MarkReplayedAsync((await others.GetAsync(AccountId, letter.Id))!, At, CancellationToken.None);
            throw new RequestFailedException("The connection broke.", new IOException("The connection broke."));
        };
        await _one.RunAsync(isEdit ? store.EditAsync(letter, BinaryData.FromString(Large), null, At, CancellationToken.None) : store.AddAsync(letter, CancellationToken.None));

        var kept = await others.GetAsync(AccountId, letter.Id);
        Assert.Equal((At, Large), (kept!.ReplayedAt, kept.Message.ToString()));
    }
}
