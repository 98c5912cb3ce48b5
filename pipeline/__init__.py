"""juanzong (卷宗): from the scan of a closing file to its audit and the papers that the office has to write."""
