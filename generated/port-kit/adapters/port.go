// Beginning of a port in Go: `bindwright conform --kit . -- go run adapters/port.go`.
package main

import ("bufio"; "encoding/json"; "fmt"; "os")

func main() {
	var ir map[string]any
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var request map[string]any
		if json.Unmarshal(lines.Bytes(), &request) != nil || request["do"] == "bye" { return }
		// Read request["input"] of request["from"] as ir["types"][type], write it in each of request["to"].
		answer := map[string]any{"skipped": fmt.Sprint(request["do"], " is not there yet")} // wrong documents: "refused": "decode"
		if request["do"] == "hello" {
			data, _ := os.ReadFile(request["ir"].(string))
			json.Unmarshal(data, &ir)
			answer = map[string]any{"port": "my port 0.1", "protocol": 1, "formats": []string{"json", "xml"}, "features": []string{}}
		}
		answer["id"] = request["id"]
		text, _ := json.Marshal(answer)
		fmt.Println(string(text))
	}
}
