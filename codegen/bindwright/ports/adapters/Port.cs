// Beginning of a port in C#: `dotnet new console`, this as Program.cs, `bindwright conform --kit . -- dotnet run`.
using System.Text.Json;
using System.Text.Json.Nodes;

JsonNode? ir = null;
while (Console.ReadLine() is { } line) {
    var request = JsonNode.Parse(line)!;
    var verb = (string)request["do"]!;
    if (verb == "bye") break;
    JsonObject answer;
    try {
        if (verb == "hello") {
            ir = JsonNode.Parse(File.ReadAllText((string)request["ir"]!));
            answer = new() { ["port"] = "my port 0.1", ["protocol"] = 1, ["formats"] = new JsonArray("json", "xml"), ["features"] = new JsonArray() };
        } else {
            // Read request["input"] of request["from"] as ir["types"][type], write it in each of request["to"].
            answer = new() { ["skipped"] = $"{verb} is not there yet" }; // a wrong document: {"refused": "decode"}
        }
    } catch (Exception error) { answer = new() { ["broken"] = error.ToString() }; }
    answer["id"] = (int)request["id"]!;
    Console.WriteLine(answer.ToJsonString());
}
