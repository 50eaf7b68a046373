//! Logistic regression by AdaGrad, one example after the other in an order drawn from a seed: the same rows give the same bytes.

/// What an example has: buckets and how much each counts.
pub type Row = Vec<(u32, f32)>;

/// `xorshift64*`.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }

    pub fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.roll(at + 1));
        }
    }
}

#[derive(Clone, Copy)]
pub struct Training {
    pub epochs: usize,
    pub rate: f32,
    /// Pull of each weight towards nought, per example.
    pub pull: f32,
    pub seed: u64,
}

/// One weight vector per output; an example is (row, wanted output, importance). With one output: logistic, wanted 0 or 1; else softmax.
pub fn train(rows: &[(&Row, usize, f32)], buckets: usize, outputs: usize, how: Training) -> Vec<(f32, Vec<f32>)> {
    let mut weights = vec![0.0_f32; buckets * outputs];
    let mut squares = vec![1e-6_f32; buckets * outputs];
    let mut biases = vec![0.0_f32; outputs];
    let mut bias_squares = vec![1e-6_f32; outputs];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut dice = Dice(how.seed);
    let mut scores = vec![0.0_f32; outputs];
    for epoch in 0..how.epochs {
        dice.shuffle(&mut order);
        let rate = how.rate / (1.0 + epoch as f32 * 0.3);
        for &number in &order {
            let (row, wanted, importance) = rows[number];
            scores.copy_from_slice(&biases);
            for &(bucket, value) in row {
                let at = bucket as usize * outputs;
                for (score, weight) in scores.iter_mut().zip(&weights[at..at + outputs]) {
                    *score += weight * value;
                }
            }
            if outputs == 1 {
                scores[0] = 1.0 / (1.0 + (-scores[0]).exp()) - wanted as f32;
            } else {
                let most = scores.iter().copied().fold(f32::MIN, f32::max);
                let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
                scores.iter_mut().for_each(|score| *score = (*score - most).exp() / sum);
                scores[wanted] -= 1.0;
            }
            for output in 0..outputs {
                let slope = scores[output] * importance;
                bias_squares[output] += slope * slope;
                biases[output] -= rate * slope / bias_squares[output].sqrt();
                for &(bucket, value) in row {
                    let at = bucket as usize * outputs + output;
                    let slope = slope * value + how.pull * weights[at];
                    squares[at] += slope * slope;
                    weights[at] -= rate * slope / squares[at].sqrt();
                }
            }
        }
    }
    (0..outputs)
        .map(|output| (biases[output], weights.iter().skip(output).step_by(outputs).copied().collect()))
        .collect()
}
