using KommoFunctions;
using KommoFunctions.Draining;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddDraining();
App.Add(builder);
await builder.Build().RunAsync();
