using KommoFunctions.Emulators;
using KommoFunctions.Emulators.Azurite;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Local;

/// <summary>Turns what a user can mend into one line each, and leaves everything else as it is.</summary>
internal static class Guarded
{
    public const int Failed = 1;

    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OptionsValidationException e)
        {
            return Tell(e.Failures);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return Tell(e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures));
        }
        catch (Exception e) when (e is PortTakenException or AzuriteException)
        {
            return Tell([e.Message]);
        }
        catch (OperationCanceledException)
        {
            return Tell(["Stopped."]);
        }
    }

    private static int Tell(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return Failed;
    }
}
