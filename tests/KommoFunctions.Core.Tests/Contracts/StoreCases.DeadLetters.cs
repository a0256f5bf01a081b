using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static DeadLetter Letter(string error, string source = QueueNames.Events, string id = "letter") =>
        SampleDeadLetter.Of(Account, id, new string('m', 40_000), At) with { Source = source, FirstError = error, LastError = error, Attempts = 5 };

    private static async Task<object?> With(DeadLetterStore store, Func<DeadLetter, Task<object?>> act) =>
        await store.GetAsync(Account, "letter") is { } letter ? await act(letter) : false;

    private static Task<object?> Edit(DeadLetterStore store, string text) => With(
        store, letter => Told(store.EditAsync(letter, BinaryData.FromString(text), null, At, default)));

    private static IEnumerable<StoreCase> DeadLetters()
    {
        static Task Add(DeadLetterStore s, ContractProcess process) => s.AddAsync(Letter("first"), default);
        static Task<object?> AddAgain(DeadLetterStore s, ContractProcess process) =>
            Done(s.AddAsync(Letter("again") with { DiedAt = At.AddDays(60) }, default));
        static async Task AddWithLeftBody(DeadLetterStore s, ContractProcess process)
        {
            await Add(s, process);
            await process.Get<StorageConnection>().Blobs.GetBlobContainerClient(ContainerNames.DeadLetters)
                .UploadBlobAsync($"{Account}/letter/left", BinaryData.FromString("left"));
        }

        return
        [
            new(
                typeof(UnnamedBodySweep),
                nameof(UnnamedBodySweep.RunAsync),
                "an edit",
                process => AddWithLeftBody(process.Get<DeadLetterStore>(), process),
                process => Done(SweepBodiesAsync(process, process.Now + (2 * UnnamedBodySweep.Keep))),
                process => Edit(process.Get<DeadLetterStore>(), "other")),
            Case<DeadLetterStore>(
                nameof(DeadLetterStore.AddAsync),
                "dead-lettering again",
                (s, _) => Done(s.AddAsync(Letter("one"), default)),
                (s, _) => Done(s.AddAsync(Letter("other"), default))),
            Case<DeadLetterStore>(nameof(DeadLetterStore.AddAsync), "an edit", AddAgain, (s, _) => Edit(s, "other"), Add),
            Case<DeadLetterStore>(
                nameof(DeadLetterStore.DiscardAsync),
                "an edit",
                (s, _) => Done(s.DiscardAsync(Account, "letter")),
                (s, _) => Edit(s, "other"),
                Add),
            Case<DeadLetterStore>(
                "DiscardUnchangedAsync",
                "dead-lettering again",
                (s, _) => With(s, letter => Told(s.DiscardUnchangedAsync(letter, default))),
                AddAgain,
                Add),
            Case<DeadLetterStore>("EditAsync", "an edit", (s, _) => Edit(s, "one"), (s, _) => Edit(s, "other"), Add),
            Case<DeadLetterStore>("EditAsync", "dead-lettering again", (s, _) => Edit(s, "one"), AddAgain, Add),
            Case<DeadLetterStore>(
                "MoveAsync",
                "dead-lettering again",
                (s, _) => With(s, async letter => (await s.MoveAsync(letter, letter with { Id = "moved" }, default)).Id),
                (s, _) => Done(s.AddAsync(Letter("other", id: "moved"), default)),
                Add),
            Case<DeadLetterStore>(
                "MarkReplayedAsync",
                "dead-lettering again",
                (s, _) => With(s, letter => Done(s.MarkReplayedAsync(letter, At, default))),
                AddAgain,
                Add) with
            {
                GivesWay = true,
            },
            Case<DeadLetterStore>(
                "RememberAsync",
                "another replay",
                (s, _) => Done(s.RememberAsync(Letter("one"), default)),
                (s, _) => Done(s.RememberAsync(Letter("one"), default))),
            Case<DeadLetterStore>("DiscardOlderAsync", "dead-lettering again", (s, _) => Done(s.DiscardOlderAsync(At.AddDays(30), default)), AddAgain, Add),
            new(
                typeof(CommandHistory),
                nameof(CommandHistory.RememberAsync),
                "another replay",
                _ => Task.CompletedTask,
                process => Done(process.Get<DeadLetterStore>().RememberAsync(Letter("one", "outbox:task"), default)),
                process => Done(process.Get<DeadLetterStore>().RememberAsync(Letter("one", "outbox:task"), default))),
            new(
                typeof(CommandHistory),
                nameof(CommandHistory.ForgetAsync),
                "dead-lettering again",
                process => process.Get<DeadLetterStore>().RememberAsync(Letter("first", "outbox:task"), default),
                process => Done(process.Get<DeadLetterStore>().AddAsync(Letter("one", "outbox:task"), default)),
                process => Done(process.Get<DeadLetterStore>().AddAsync(Letter("other", "outbox:task"), default))),
        ];
    }
}
