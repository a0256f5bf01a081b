using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo.Simulator.Control;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SimulatorStatistics))]
[JsonSerializable(typeof(SimulatorFault))]
[JsonSerializable(typeof(SimulatedLead))]
[JsonSerializable(typeof(IReadOnlyList<SimulatedTask>))]
[JsonSerializable(typeof(IReadOnlyList<SimulatedNote>))]
internal sealed partial class ControlJson : JsonSerializerContext;
