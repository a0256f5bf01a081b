using Kommo;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Outbox;

/// <summary>What Kommo made for a command.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MoreTraces">The traces of what was made beside it.</param>
internal readonly record struct MadeThing(long Id, IReadOnlyList<WriteTrace>? MoreTraces = null);

internal static class MadeThings
{
    public static IReadOnlyList<MadeThing> Of(IReadOnlyList<CreatedEntity> created) => [.. created.Select(one => new MadeThing(one.Id))];
}
