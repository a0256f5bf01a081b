using Kommo.Simulator;

namespace KommoFunctions.Bench;

/// <summary>What Kommo holds of what the app has done: of each lead a task and a note.</summary>
internal sealed class Effects(KommoSimulator account)
{
    private readonly Dictionary<long, int> _tasks = account.Tasks.CountBy(task => task.EntityId ?? 0).ToDictionary();
    private readonly Dictionary<long, int> _notes = account.Notes.CountBy(note => note.EntityId).ToDictionary();

    /// <summary>Whether the lead has its task and its note.</summary>
    public bool Has(long lead) => _tasks.ContainsKey(lead) && _notes.ContainsKey(lead);

    /// <summary>How many tasks and notes the lead has beyond the one of each.</summary>
    public int Doubled(long lead) => Math.Max(0, _tasks.GetValueOrDefault(lead) - 1) + Math.Max(0, _notes.GetValueOrDefault(lead) - 1);

    /// <summary>How many of the lead's two effects are not there.</summary>
    public int Missing(long lead) => (_tasks.ContainsKey(lead) ? 0 : 1) + (_notes.ContainsKey(lead) ? 0 : 1);
}
