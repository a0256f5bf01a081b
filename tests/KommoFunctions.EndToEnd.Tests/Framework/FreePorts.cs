using KommoFunctions.Emulators;

namespace KommoFunctions.EndToEnd.Tests.Framework;

internal static class FreePorts
{
    /// <summary>The first of so many free ports in a row, outside the range that systems give out by themselves.</summary>
    public static int InARow(int count)
    {
        while (true)
        {
            var first = Random.Shared.Next(12_000, 30_000);
            if (Enumerable.Range(first, count).All(Ports.IsFree))
            {
                return first;
            }
        }
    }
}
