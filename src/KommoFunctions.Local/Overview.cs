using KommoFunctions.Local.Surroundings;
using Spectre.Console;

namespace KommoFunctions.Local;

/// <summary>Says where everything is.</summary>
internal static class Overview
{
    public static void Print(LocalSurroundings surroundings, SurroundingsOptions options, bool withApp)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("What").AddColumn("Where");
        table.AddRow("App", withApp ? $"{surroundings.AppAddress}api/" : "not started: run 'func start' in src/KommoFunctions");
        table.AddRow("Connect an account", surroundings.ConnectAddress.AbsoluteUri);
        table.AddRow("Accounts", $"{surroundings.AppAddress}api/accounts");
        table.AddRow("Dead letters", $"{surroundings.AppAddress}api/dead-letters");
        table.AddRow("Kommo simulator", surroundings.Simulator.BaseAddress.AbsoluteUri);
        table.AddRow("Key Vault stand-in", surroundings.Vault.Uri.AbsoluteUri);
        table.AddRow("Blobs", surroundings.Azurite.BlobEndpoint.AbsoluteUri);
        table.AddRow("Queues", surroundings.Azurite.QueueEndpoint.AbsoluteUri);
        table.AddRow("Tables", surroundings.Azurite.TableEndpoint.AbsoluteUri);
        table.AddRow("Data", options.DataFolder ?? "in memory");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("Create a lead, as a user of Kommo would, and see its task and note a moment later:");
        AnsiConsole.WriteLine($"  curl -X POST {surroundings.Simulator.BaseAddress}_simulator/leads");
        AnsiConsole.MarkupLine("[grey]Ctrl-C stops all of it.[/]");
    }
}
